namespace Raft.Verified.Simulation.Paths;

/// <summary>The liberties with which a path may be taken.</summary>
/// <param name="EarlyWrites">
/// True when a disk completes more writes than a step requires, because the server submitted several in one call. If
/// false, it completes none of them until a later step includes them all.
/// </param>
/// <param name="Ending">
/// The end of the run after the last step, which may reveal damage that no monitor sees at once.
/// </param>
/// <param name="Seed">The seed of random steps.</param>
internal readonly record struct PathMode(bool EarlyWrites, PathEnding Ending, ulong Seed = 0)
{
    /// <summary>The ending in words, for a report; null for none.</summary>
    public string? Text => Ending switch
    {
        PathEnding.Stop => null,
        PathEnding.Fair => "after the last step the run continues with the fair scheduler, until the damage shows",
        _ => $"after the last step the run continues at random (seed {Seed}), until the damage shows",
    };
}
