namespace Raft.Verified.Simulation.Lab;

/// <summary>What a caller learns.</summary>
/// <typeparam name="TReply">What the server answers.</typeparam>
/// <param name="Success">Whether the answer arrived. If not, the server may have done what was asked, or not.</param>
/// <param name="Value">The answer; the default without one.</param>
public readonly record struct LabReply<TReply>(bool Success, TReply? Value);
