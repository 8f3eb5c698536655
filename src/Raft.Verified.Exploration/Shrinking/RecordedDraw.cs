namespace Raft.Verified.Exploration.Shrinking;

/// <summary>A value drawn in a step.</summary>
/// <param name="What">The meaning of the value.</param>
/// <param name="Bound">The number of possible values.</param>
/// <param name="Value">The value, from 0 to <paramref name="Bound"/> - 1.</param>
internal readonly record struct RecordedDraw(string What, int Bound, int Value);
