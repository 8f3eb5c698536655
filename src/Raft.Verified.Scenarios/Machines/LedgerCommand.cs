namespace Raft.Verified.Scenarios.Machines;

/// <summary>A command of the ledger: changes the balance of an account.</summary>
/// <param name="Account">The name of the account.</param>
/// <param name="Amount">The amount to add, or to take away when it is negative.</param>
internal sealed record LedgerCommand(string Account, long Amount);
