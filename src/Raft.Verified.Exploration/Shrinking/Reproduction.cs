namespace Raft.Verified.Exploration.Shrinking;

/// <summary>What makes one schedule smaller than another: fewer decisions; of as many, fewer faults and other draws that are not 0, then fewer switches between servers.</summary>
internal readonly record struct ScheduleCost(int Decisions, int Draws, int Switches) : IComparable<ScheduleCost>
{
    public int CompareTo(ScheduleCost other) => (Decisions, Draws, Switches).CompareTo((other.Decisions, other.Draws, other.Switches));

    public static ScheduleCost Of(IReadOnlyList<RecordedStep> steps, int decisions)
    {
        (int draws, int switches) = (0, 0);
        for (int i = 0; i < steps.Count; i++)
        {
            foreach (RecordedDraw draw in steps[i].Draws)
            {
                draws += draw.Value == 0 ? 0 : 1;
            }

            switches += i > 0 && steps[i].Who != steps[i - 1].Who ? 1 : 0;
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
internal sealed record Reproduction(
    IReadOnlyList<RecordedStep> Steps, IReadOnlyList<int> Decisions, bool Timed, bool DrawsFaultMix, int UnfairSteps, string Message)
{
    public ScheduleCost Cost { get; } = ScheduleCost.Of(Steps, Decisions.Count);
}
