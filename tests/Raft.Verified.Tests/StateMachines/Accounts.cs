namespace Raft.Verified.Tests.StateMachines;

/// <summary>The state of <see cref="AccountMachine"/>.</summary>
public sealed class Accounts
{
    public SortedDictionary<string, long> Balances { get; set; } = [];
}
