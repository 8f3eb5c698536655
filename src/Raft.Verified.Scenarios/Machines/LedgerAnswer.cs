namespace Raft.Verified.Scenarios.Machines;

/// <summary>The answer of the ledger.</summary>
/// <param name="IsAccepted">False when the balance would have become negative; nothing has changed then.</param>
/// <param name="Balance">The balance of the account.</param>
/// <param name="Accepted">The number of commands that were accepted so far.</param>
/// <param name="LargestAccount">The account with the highest balance; null when there is none.</param>
/// <param name="Position">The position of the command in the log.</param>
internal sealed record LedgerAnswer(bool IsAccepted, long Balance, long Accepted, string? LargestAccount, long Position);
