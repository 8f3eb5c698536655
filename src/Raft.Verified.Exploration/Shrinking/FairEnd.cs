namespace Raft.Verified.Exploration.Shrinking;

/// <summary>
/// A schedule whose end needs no decisions: its first decisions are made, and the fair continuation violates the
/// property. A violation that every run shows needs no decisions at all. The run may be longer than the shrunk one, but
/// not much, because a person has to read all of it.
/// </summary>
/// <param name="Run">The whole run.</param>
/// <param name="Decisions">The number of its decisions that have to be made.</param>
internal sealed record FairEnd(Reproduction Run, int Decisions)
{
    // The maximum length of the whole run, relative to the shrunk schedule, or to the found one for liveness violations.
    internal const double Longest = 1.5;

    // The maximum number of decisions, relative to the shrunk schedule, for which a fair end is worth it.
    private const double WorthIt = 0.8;

    /// <summary>
    /// Finds a small number of decisions after which the run may continue fairly. It uses only a few runs, so the
    /// number may not be the minimum.
    /// </summary>
    /// <param name="runner">The runner of the candidates.</param>
    /// <param name="smallest">The shrunk schedule.</param>
    /// <param name="found">The number of decisions of the schedule as it was found.</param>
    /// <param name="isUp">A function that returns true when there is no time for another run.</param>
    /// <returns>The fair end; null when the decisions are needed up to about the end.</returns>
    public static FairEnd? Find(CandidateRunner runner, Reproduction smallest, int found, Func<bool> isUp)
    {
        // Untimed schedules become fair after at least 1 step.
        int failed = smallest.Timed ? -1 : 0;
        int steps = failed + 1;
        int last = Math.Min(smallest.Needed, smallest.Steps.Count - 1);
        int longest = (int)((runner.GoesOn ? Math.Max(found, smallest.Decisions.Count) : smallest.Decisions.Count) * Longest);
        FairEnd? best = null;
        while (steps <= last && !isUp() && (best = Try(runner, smallest, steps, longest)) is null)
        {
            failed = steps;
            steps = failed == last ? last + 1 : Math.Min(last, failed + Math.Max(1, last / 8));
        }

        while (best is not null && !isUp() && steps - failed > 1 && steps - failed > last / 100)
        {
            int middle = failed + ((steps - failed) / 2);
            if (Try(runner, smallest, middle, longest) is { } better)
            {
                (best, steps) = (better, middle);
            }
            else
            {
                failed = middle;
            }
        }

        return best is not null && best.Decisions <= smallest.Decisions.Count * WorthIt ? best : null;
    }

    private static FairEnd? Try(CandidateRunner runner, Reproduction smallest, int steps, int longest)
    {
        int decisions = smallest.Steps.Take(steps).Sum(step => 1 + step.Draws.Count);
        Reproduction? run = runner.RunThenFairly(smallest, steps, decisions, longest);
        return run is null ? null : new FairEnd(run, decisions);
    }
}
