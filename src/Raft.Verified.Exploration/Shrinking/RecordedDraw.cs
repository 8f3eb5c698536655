namespace Raft.Verified.Exploration.Shrinking;

/// <summary>A value drawn in a step.</summary>
/// <param name="What">What it decided.</param>
/// <param name="Bound">The number of possible values.</param>
/// <param name="Value">The value.</param>
internal readonly record struct RecordedDraw(string What, int Bound, int Value);
