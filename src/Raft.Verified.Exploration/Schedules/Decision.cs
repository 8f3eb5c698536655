namespace Raft.Verified.Exploration.Schedules;

/// <summary>One decision.</summary>
/// <param name="IsStep">Whether an operation was chosen; else a value was drawn.</param>
/// <param name="Value">Which of the possibilities.</param>
/// <param name="Of">How many there were.</param>
/// <param name="Label">What was decided.</param>
/// <param name="Fingerprint">The event hash of the state it led to.</param>
public sealed record Decision(bool IsStep, int Value, int Of, string Label, ulong Fingerprint)
{
    /// <inheritdoc />
    public override string ToString() => IsStep ? $"'{Label}' (choice {Value} of {Of})" : $"'{Label}' = {Value} (of {Of})";
}
