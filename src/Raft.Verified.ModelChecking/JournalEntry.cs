namespace Raft.Verified.ModelChecking;

/// <summary>
/// One act that gave numbers to values: a real step from a local state, or the committed history that follows another one once a server has a local state.
/// Whoever repeats all acts in order has the same numbers again.
/// </summary>
/// <param name="Committed">The number of the committed history before; -1 for a real step.</param>
/// <param name="Local">The number of the local state.</param>
/// <param name="Input">The input of a real step, see <see cref="ModelInput.Pack"/>.</param>
internal readonly record struct JournalEntry(int Committed, int Local, uint Input);
