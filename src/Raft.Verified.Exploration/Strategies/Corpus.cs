
namespace Raft.Verified.Exploration.Strategies;

/// <summary>
/// What <see cref="GuidedStrategy"/> learns from, for each clock: the schedules that met abstract states which none before them had met, and how many of
/// them each way to make schedules brings. Fed with outcomes in the order of their numbers; what it hands out changes after every whole generation
/// of schedules, and at no other time.
/// </summary>
internal sealed class Corpus
{
    /// <summary>How many schedules are a generation.</summary>
    public const int Generation = 64;

    // In each clock.
    private const int Capacity = 128;

    // A parent's weight is halved after so many generations.
    private const int HalfLife = 4;

    private readonly List<Parent>[] _all = [[], []];
    private readonly Parents[] _handedOut = [Parents.None, Parents.None];
    private readonly Yield[] _yields = [new(), new()];

    /// <summary>Whether a schedule may begin: all generations before its own are counted.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="counted">How many schedules are counted.</param>
    public static bool MayBegin(long number, long counted) => number / Generation * Generation <= counted;

    /// <summary>The schedules to go on from in a clock.</summary>
    public Parents this[bool timed] => _handedOut[timed ? 1 : 0];

    /// <summary>Takes in the schedule of a number.</summary>
    /// <param name="number">The number; one more than the last one's.</param>
    /// <param name="path">Its decisions; null when there is nothing to keep.</param>
    /// <param name="timed">Its clock.</param>
    /// <param name="way">The way in which it was made.</param>
    /// <param name="newAt">After how many decisions each time it met a new state.</param>
    public void Add(long number, IReadOnlyList<int>? path, bool timed, int way, IReadOnlyList<int> newAt)
    {
        _yields[timed ? 1 : 0].Add(way, newAt.Count);
        if (path is not null && newAt.Count > 0)
        {
            int[] decisions = new int[newAt[^1]];
            for (int i = 0; i < decisions.Length; i++)
            {
                decisions[i] = path[i];
            }

            _all[timed ? 1 : 0].Add(new Parent(decisions, [.. newAt], number / Generation));
        }

        if ((number + 1) % Generation == 0)
        {
            HandOut((number + 1) / Generation);
        }
    }

    private void HandOut(long generation)
    {
        for (int clock = 0; clock < _all.Length; clock++)
        {
            // OrderBy is stable: of equals the older ones stay.
            _all[clock] = [.. _all[clock].OrderByDescending(parent => parent.WeightIn(generation)).Take(Capacity)];
            _handedOut[clock] = new Parents(_all[clock], [.. _all[clock].Select(parent => parent.WeightIn(generation))], _yields[clock].Weights());
            _yields[clock].Fade();
        }
    }

    /// <summary>A schedule to go on from.</summary>
    /// <param name="Decisions">Its decisions, up to where it met its last new state.</param>
    /// <param name="NewAt">After how many decisions each time it met a new state, rising.</param>
    /// <param name="Born">The generation it belongs to.</param>
    public sealed record Parent(int[] Decisions, int[] NewAt, long Born)
    {
        /// <summary>How eagerly to choose it: the more it met, and the newer it is.</summary>
        public int WeightIn(long generation) => Math.Max(1, Math.Min(NewAt.Length, 1 << 12) << 8 >> (int)Math.Min(30, (generation - Born) / HalfLife));
    }
}
