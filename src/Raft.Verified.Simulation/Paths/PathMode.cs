namespace Raft.Verified.Simulation.Paths;

/// <summary>The liberties that a way may be taken with.</summary>
/// <param name="EarlyWrites">
/// Whether a disk completes more writes than a step says, where the server has handed it several in one call. If not, it completes none of them until a later step
/// includes them all.
/// </param>
/// <param name="Ending">The end of the run, after the last step, so that damage shows which no monitor sees at once.</param>
/// <param name="Seed">The seed of steps at random.</param>
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
