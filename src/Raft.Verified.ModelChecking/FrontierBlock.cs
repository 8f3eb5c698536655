namespace Raft.Verified.ModelChecking;

/// <summary>Some states of a level, one behind the other as bytes. They have consecutive numbers.</summary>
/// <param name="Data">The states; null when they lie in the level's file.</param>
/// <param name="Length">The number of bytes that they take.</param>
/// <param name="Offset">Their place in the level's file.</param>
/// <param name="Count">The number of states.</param>
/// <param name="First">The first one's number.</param>
internal readonly record struct FrontierBlock(byte[]? Data, int Length, long Offset, int Count, long First);
