namespace Raft.Verified.Exploration.Schedules;

/// <summary>A decision of a schedule.</summary>
/// <param name="IsStep">True when an operation was chosen; false when a value was drawn.</param>
/// <param name="Value">The position of the choice among the possibilities, or the value drawn, from 0.</param>
/// <param name="Of">The number of possibilities.</param>
/// <param name="Label">The readable name of the operation or value.</param>
/// <param name="Fingerprint">The event hash after the decision.</param>
public sealed record Decision(bool IsStep, int Value, int Of, string Label, ulong Fingerprint)
{
    /// <inheritdoc />
    public override string ToString() => IsStep ? $"'{Label}' (choice {Value} of {Of})" : $"'{Label}' = {Value} (of {Of})";
}
