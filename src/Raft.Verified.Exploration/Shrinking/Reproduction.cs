namespace Raft.Verified.Exploration.Shrinking;

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
