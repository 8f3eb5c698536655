namespace Raft.Verified.Exploration.Shrinking;

/// <summary>
/// What makes one schedule smaller than another: fewer decisions; of as many, fewer faults and other draws that are not 0, then fewer switches between servers. What
/// followed fairly, where the run had to go on to its end, does not count: it needs no decisions on file.
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

/// <summary>A run that violated the property.</summary>
/// <param name="Steps">What ran.</param>
/// <param name="Decisions">The decisions, for replay.</param>
/// <param name="Timed">Whether delays decided the order.</param>
/// <param name="DrawsFaultMix">Whether the schedule drew its mix of faults.</param>
/// <param name="UnfairSteps">After how many steps it became fair.</param>
/// <param name="Message">What was found.</param>
/// <param name="GoesOn">Whether it had to go on to a fair end.</param>
internal sealed record Reproduction(
    IReadOnlyList<RecordedStep> Steps, IReadOnlyList<int> Decisions, bool Timed, bool DrawsFaultMix, int UnfairSteps, string Message, bool GoesOn)
{
    /// <summary>How many of the steps came before the fair end; all of them when there is none, or when it cannot be told from the rest.</summary>
    public int Needed { get; } = GoesOn && !Timed ? Steps.TakeWhile(step => !step.Fair).Count() : Steps.Count;

    /// <summary>How small it is.</summary>
    public ScheduleCost Cost => _cost ??= ScheduleCost.Of(Steps.Take(Needed));

    private ScheduleCost? _cost;
}
