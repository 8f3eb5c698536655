namespace Raft.Verified.ModelChecking;

/// <summary>What one input does to one server: remembered, because the same server meets the same input in many states of the cluster.</summary>
/// <param name="After">The number of the local state after it.</param>
/// <param name="Sent">The numbers of the messages that leave, sorted, each once.</param>
/// <param name="Served">The reads that may look at the state machine: how many entries were committed when each was asked for, and how many are applied.</param>
/// <param name="Violation">The property of single steps that this one breaks, and how; null for none.</param>
internal sealed record LocalStep(int After, int[] Sent, (int Need, int At)[] Served, (string Property, string Message)? Violation);
