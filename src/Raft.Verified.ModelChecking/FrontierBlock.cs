namespace Raft.Verified.ModelChecking;

/// <summary>Some states of a level, one behind the other as bytes. They have consecutive numbers.</summary>
/// <param name="Data">The states; null when they lie in the level's file.</param>
/// <param name="Length">How many bytes they take.</param>
/// <param name="Offset">Where they lie in the level's file.</param>
/// <param name="Count">How many states they are.</param>
/// <param name="First">The first one's number.</param>
internal readonly record struct FrontierBlock(byte[]? Data, int Length, long Offset, int Count, long First);
