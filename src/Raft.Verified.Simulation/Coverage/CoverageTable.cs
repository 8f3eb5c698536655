namespace Raft.Verified.Simulation.Coverage;

/// <summary>A table of counts of events, by the affected part or by time.</summary>
/// <param name="Name">The subject of the table, in two or three words.</param>
/// <param name="Explanation">The meaning of a count.</param>
/// <param name="Rows">The names of the rows.</param>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Counts">The counts, row by row.</param>
/// <param name="Impossible">
/// For each count, true when the protocol rules it out, so that 0 is the correct value.
/// </param>
public sealed record CoverageTable(
    string Name, string Explanation, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, IReadOnlyList<long> Counts, IReadOnlyList<bool> Impossible)
{
    /// <summary>Returns the count in a cell.</summary>
    public long this[int row, int column] => Counts[(row * Columns.Count) + column];

    /// <summary>Returns true when a cell cannot be reached.</summary>
    public bool IsImpossible(int row, int column) => Impossible[(row * Columns.Count) + column];

    /// <summary>
    /// Returns true when a cell was never reached, but could have been. A row or a column without any count is no gap,
    /// because the scenario does not exercise it at all.
    /// </summary>
    public bool IsGap(int row, int column) =>
        this[row, column] == 0 && !IsImpossible(row, column)
        && Enumerable.Range(0, Columns.Count).Any(other => this[row, other] > 0)
        && Enumerable.Range(0, Rows.Count).Any(other => this[other, column] > 0);

    /// <summary>Returns the table with the sums of both; they must be of the same kind.</summary>
    public CoverageTable Plus(CoverageTable other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Counts = [.. Counts.Zip(other.Counts, (one, two) => one + two)] };
    }
}
