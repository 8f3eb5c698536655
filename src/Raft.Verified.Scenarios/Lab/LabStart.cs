namespace Raft.Verified.Scenarios.Lab;

/// <summary>The result of offering a command to a server.</summary>
/// <param name="Index">The index of the command if it is ever committed; 0 when it was not accepted.</param>
/// <param name="Term">The leader's term; 0 when the command was not accepted.</param>
/// <param name="IsLeader">True when the server believes to lead, and so accepted the command.</param>
public readonly record struct LabStart(long Index, long Term, bool IsLeader);
