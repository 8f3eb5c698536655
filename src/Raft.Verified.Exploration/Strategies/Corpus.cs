
namespace Raft.Verified.Exploration.Strategies;

/// <summary>
/// The corpus that <see cref="GuidedStrategy"/> learns from, per clock: the schedules that met abstract states for the
/// first time, and the yield of each way to make schedules. Outcomes are added in the order of their numbers. The
/// parents change after every whole generation of schedules, and at no other time.
/// </summary>
internal sealed class Corpus
{
    /// <summary>The number of schedules per generation.</summary>
    public const int Generation = 64;

    // The maximum number of parents per clock.
    private const int Capacity = 128;

    // The number of generations after which a parent's weight is halved.
    private const int HalfLife = 4;

    private readonly List<Parent>[] _all = [[], []];
    private readonly Parents[] _handedOut = [Parents.None, Parents.None];
    private readonly Yield[] _yields = [new(), new()];

    /// <summary>Returns true when a schedule may begin, because all generations before its own are counted.</summary>
    /// <param name="number">The number of the schedule, from 0.</param>
    /// <param name="counted">The number of schedules counted so far.</param>
    public static bool MayBegin(long number, long counted) => number / Generation * Generation <= counted;

    /// <summary>The schedules to continue from, per clock.</summary>
    public Parents this[bool timed] => _handedOut[timed ? 1 : 0];

    /// <summary>Adds the schedule with the given number.</summary>
    /// <param name="number">The number of the schedule; one more than the last one's.</param>
    /// <param name="path">The decisions of the schedule; null when there is nothing to keep.</param>
    /// <param name="timed">True for the timed clock.</param>
    /// <param name="way">The way in which the schedule was made.</param>
    /// <param name="newAt">The numbers of decisions after which it met a new state, rising.</param>
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
            // OrderBy is stable, so the older ones of equal parents stay.
            _all[clock] = [.. _all[clock].OrderByDescending(parent => parent.WeightIn(generation)).Take(Capacity)];
            _handedOut[clock] = new Parents(_all[clock], [.. _all[clock].Select(parent => parent.WeightIn(generation))], _yields[clock].Weights());
            _yields[clock].Fade();
        }
    }

    /// <summary>A schedule to continue from.</summary>
    /// <param name="Decisions">The decisions of the schedule, up to its last new state.</param>
    /// <param name="NewAt">The numbers of decisions after which it met a new state, rising.</param>
    /// <param name="Born">The generation that the schedule belongs to.</param>
    public sealed record Parent(int[] Decisions, int[] NewAt, long Born)
    {
        /// <summary>
        /// Returns the weight with which it is chosen: larger the more new states it met, and the newer it is.
        /// </summary>
        public int WeightIn(long generation) => Math.Max(1, Math.Min(NewAt.Length, 1 << 12) << 8 >> (int)Math.Min(30, (generation - Born) / HalfLife));
    }
}
