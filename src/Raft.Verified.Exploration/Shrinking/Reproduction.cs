namespace Raft.Verified.Exploration.Shrinking;

/// <summary>A run that violated the property.</summary>
/// <param name="Steps">The steps that ran, in order.</param>
/// <param name="Decisions">The decisions, for replay.</param>
/// <param name="Timed">True when delays decided the order.</param>
/// <param name="DrawsFaultMix">True when the schedule drew its mix of faults.</param>
/// <param name="UnfairSteps">The number of steps after which it became fair.</param>
/// <param name="Message">The message of the violation.</param>
/// <param name="GoesOn">True when it had to continue to a fair end.</param>
internal sealed record Reproduction(
    IReadOnlyList<RecordedStep> Steps, IReadOnlyList<int> Decisions, bool Timed, bool DrawsFaultMix, int UnfairSteps, string Message, bool GoesOn)
{
    /// <summary>
    /// The number of steps before the fair end; all steps when there is none, or when the end cannot be recognised.
    /// </summary>
    public int Needed { get; } = GoesOn && !Timed ? Steps.TakeWhile(step => !step.Fair).Count() : Steps.Count;

    /// <summary>The cost of the needed steps, for comparison.</summary>
    public ScheduleCost Cost => _cost ??= ScheduleCost.Of(Steps.Take(Needed));

    private ScheduleCost? _cost;
}
