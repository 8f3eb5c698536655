namespace Raft.Verified.ModelChecking;

/// <summary>A block of states of one level, encoded one after the other. The states have consecutive numbers.</summary>
/// <param name="Data">The encoded states; null when they are in the level's file.</param>
/// <param name="Length">The size of the encoded states, in bytes.</param>
/// <param name="Offset">
/// The position of the block in the level's file, in bytes; 0 when the states are in memory.
/// </param>
/// <param name="Count">The number of states.</param>
/// <param name="First">The number of the first state.</param>
internal readonly record struct FrontierBlock(byte[]? Data, int Length, long Offset, int Count, long First);
