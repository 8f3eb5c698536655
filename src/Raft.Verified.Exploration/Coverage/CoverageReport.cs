namespace Raft.Verified.Exploration.Coverage;

/// <summary>What an exploration has reached.</summary>
public sealed record CoverageReport
{
    /// <summary>How many schedules it took.</summary>
    public required long Schedules { get; init; }

    /// <summary>
    /// How many abstract states they came through: states of the whole cluster, looked at from afar and without the servers' names. Counting ends
    /// at <see cref="MaxStates"/>.
    /// </summary>
    public required long States { get; init; }

    /// <summary>
    /// How many of those were new in the last tenth of the schedules. The tenth begins where the curve has a point, so it may be a little longer.
    /// </summary>
    public required long NewInLastTenth { get; init; }

    /// <summary>After so many schedules, so many states: at most some hundred points, from the first to the last schedule.</summary>
    public required IReadOnlyList<CurvePoint> Curve { get; init; }

    /// <summary>What happened how often.</summary>
    public required IReadOnlyList<CoverageTable> Tables { get; init; }

    /// <summary>Where the counting of states ends.</summary>
    public static int MaxStates => 1 << 23;
}

/// <summary>One point of the curve of states.</summary>
/// <param name="Schedules">After so many schedules,</param>
/// <param name="States">so many abstract states had been reached.</param>
public readonly record struct CurvePoint(long Schedules, long States);

/// <summary>A table of counts: what happened to whom, or when.</summary>
/// <param name="Name">What it is about, in two or three words.</param>
/// <param name="Explanation">What a count means.</param>
/// <param name="Rows">The names of the rows.</param>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Counts">The counts, row by row.</param>
/// <param name="Impossible">For each count, whether the protocol rules it out, so that 0 is what it should be.</param>
public sealed record CoverageTable(
    string Name, string Explanation, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, IReadOnlyList<long> Counts, IReadOnlyList<bool> Impossible)
{
    /// <summary>The count in a cell.</summary>
    public long this[int row, int column] => Counts[(row * Columns.Count) + column];

    /// <summary>Whether a cell cannot be reached.</summary>
    public bool IsImpossible(int row, int column) => Impossible[(row * Columns.Count) + column];

    /// <summary>
    /// Whether a cell was never reached, but could have been. A row or a column without any count is no gap: what a scenario does not do at all is
    /// not missing from what it does.
    /// </summary>
    public bool IsGap(int row, int column) =>
        this[row, column] == 0 && !IsImpossible(row, column)
        && Enumerable.Range(0, Columns.Count).Any(other => this[row, other] > 0)
        && Enumerable.Range(0, Rows.Count).Any(other => this[other, column] > 0);

    /// <summary>The table with the counts of both; they must be of the same kind.</summary>
    public CoverageTable Plus(CoverageTable other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Counts = [.. Counts.Zip(other.Counts, (one, two) => one + two)] };
    }
}
