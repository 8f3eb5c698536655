namespace Raft.Verified.Protocol;

/// <summary>
/// A message between two servers. Raft's RPCs (paper, Figures 2 and 13) are sent as requests and replies that find each
/// other by their content, so that a transport may lose, repeat, delay and reorder them at will. Messages are equal when their content is: entries and bytes count, not
/// the memory that holds them.
/// </summary>
/// <param name="From">The sender.</param>
/// <param name="To">The receiver.</param>
/// <param name="Term">The sender's current term when the message was made.</param>
public abstract record Message(ServerId From, ServerId To, Term Term);
