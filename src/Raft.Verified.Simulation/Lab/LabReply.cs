namespace Raft.Verified.Simulation.Lab;

/// <summary>The result of a call, as the caller sees it.</summary>
/// <typeparam name="TReply">The type of the server's answer.</typeparam>
/// <param name="Success">True when the answer arrived. Otherwise the server may or may not have done the work.</param>
/// <param name="Value">The answer; the default without one.</param>
public readonly record struct LabReply<TReply>(bool Success, TReply? Value);
