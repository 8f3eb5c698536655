namespace Raft.Verified.Protocol;

/// <summary>
/// A message between two servers. Raft's RPCs (paper, Figures 2 and 13) are one-way messages. A reply carries enough
/// fields to identify its request, so a transport may lose, repeat, delay and reorder messages. Messages are equal when
/// their content is, including entries and bytes.
/// </summary>
/// <param name="From">The sender.</param>
/// <param name="To">The receiver.</param>
/// <param name="Term">The sender's current term when the message was made.</param>
public abstract record Message(ServerId From, ServerId To, Term Term);
