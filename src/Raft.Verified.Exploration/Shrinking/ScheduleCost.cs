namespace Raft.Verified.Exploration.Shrinking;

/// <summary>
/// The cost of a schedule. It compares the decisions first, then the faults and other draws that are not 0, then the
/// switches between servers. A fair end does not count, because it needs no decisions on file.
/// </summary>
internal readonly record struct ScheduleCost(int Decisions, int Draws, int Switches) : IComparable<ScheduleCost>
{
    public int CompareTo(ScheduleCost other) => (Decisions, Draws, Switches).CompareTo((other.Decisions, other.Draws, other.Switches));

    public static ScheduleCost Of(IEnumerable<RecordedStep> steps)
    {
        (int decisions, int draws, int switches) = (0, 0, 0);
        (int, string?)? last = null;
        foreach (RecordedStep step in steps)
        {
            decisions += 1 + step.Draws.Count;
            foreach (RecordedDraw draw in step.Draws)
            {
                draws += draw.Value == 0 ? 0 : 1;
            }

            switches += last is { } who && who != step.Who ? 1 : 0;
            last = step.Who;
        }

        return new ScheduleCost(decisions, draws, switches);
    }
}
