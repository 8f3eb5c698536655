namespace Raft.Verified.Tests.StateMachines;

/// <summary>A command whose constructor refuses some values, as beginners write it.</summary>
public sealed record Deposit
{
    public Deposit(string account, long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        Account = account;
        Amount = amount;
    }

    public string Account { get; }

    public long Amount { get; }
}
