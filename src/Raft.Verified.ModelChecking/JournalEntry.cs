namespace Raft.Verified.ModelChecking;

/// <summary>
/// An operation that gave numbers to values: a step of the real core, or an extension of the committed history.
/// Repeating all operations in order gives the same numbers again.
/// </summary>
/// <param name="Committed">The number of the committed history before the extension; -1 for a step.</param>
/// <param name="Local">The number of the local state that takes the step or extends the history.</param>
/// <param name="Input">The packed input of the step, see <see cref="ModelInput.Pack"/>; 0 for an extension.</param>
internal readonly record struct JournalEntry(int Committed, int Local, uint Input);
