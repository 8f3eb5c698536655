using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Shrinking;

/// <summary>The passes, which are the ways of making a schedule smaller.</summary>
internal static class Passes
{
    // The number of earlier steps of the same server that are candidates for a merge into a later one.
    private const int MergeReach = 12;

    // The number of steps from which a schedule is long, so that large parts are left out first.
    private const int LongSchedule = 10_000;

    // The maximum number of effects per step; a step with more is the scenario's own.
    private const uint MaxEffects = 64;

    private static readonly string[] MixNames = ["loss", "duplication", "long delay", "slow flush"];

    /// <summary>
    /// Tries the same operations without a clock. In the untimed clock any operation can be left out, which is
    /// impossible in a timed schedule.
    /// </summary>
    public static void WithoutClock(ShrinkSession session)
    {
        if (!session.Smallest.Timed || !session.MayBeUntimed)
        {
            return;
        }

        session.Pass = "without the clock";
        _ = session.Try(session.Steps, timed: false, session.Smallest.DrawsFaultMix, whateverItsSize: true)
            || session.Try(session.Steps, timed: false, drawsFaultMix: !session.Smallest.DrawsFaultMix, whateverItsSize: true);
    }

    /// <summary>
    /// Tries the scenario's own mix of faults; or, where the mix is drawn, the mix without one fault or another, which
    /// is then no longer drawn.
    /// </summary>
    public static void FaultMix(ShrinkSession session)
    {
        session.Pass = "the mix of faults";
        foreach (string fault in MixNames)
        {
            TryMix(session, fault);
        }

        session.Try(session.Steps, session.Smallest.Timed, !session.Smallest.DrawsFaultMix);

        // A drawn mix may be smaller only when several faults are left out at once.
        if (!session.Smallest.DrawsFaultMix && session.Steps.Count > 0)
        {
            foreach (string kept in MixNames)
            {
                RecordedDraw[] mix = [.. MixNames.Select(fault => new RecordedDraw(fault, 4, fault == kept ? 0 : 1))];
                RecordedStep first = session.Steps[0];
                session.Try([first with { Draws = [.. mix, .. first.Draws] }, .. session.Steps.Skip(1)], session.Smallest.Timed, drawsFaultMix: true);
            }
        }
    }

    /// <summary>Tries a fair run without any decisions.</summary>
    public static void Nothing(ShrinkSession session)
    {
        session.Pass = "a fair run";
        if (!session.Smallest.Timed && session.Smallest.GoesOn)
        {
            session.Try([]);
        }
    }

    /// <summary>
    /// Leaves out large parts of a long schedule: the second half, the first one, quarters, eighths, sixteenths. The
    /// largest parts come first, because a run of a long schedule takes seconds.
    /// </summary>
    public static void Cuts(ShrinkSession session)
    {
        session.Pass = "halves, kinds and other large parts";
        if (session.Smallest.Timed || session.Steps.Count < LongSchedule)
        {
            return;
        }

        for (int parts = 2; parts <= 16 && session.Steps.Count >= LongSchedule; parts *= 2)
        {
            int size = Math.Max(1, session.Steps.Count / parts);

            // The first step starts the scenario, and the last step violates the property, so both stay.
            for (int end = session.Steps.Count - 1; end > 1; end = Math.Min(end - size, session.Steps.Count - 1))
            {
                int start = Math.Max(1, end - size);
                session.Try([.. session.Steps.Take(start), .. session.Steps.Skip(end)]);
            }

            if (parts == 2)
            {
                // A schedule may need its whole length, but not every group of steps in it.
                TryWithoutGroups(session, step => (step.Likeness.Kind, step.Likeness.Actor));
                TryWithoutGroups(session, step => step.Likeness.Subject.What);
            }
        }
    }

    /// <summary>Leaves out whole servers, clients, and kinds of operations.</summary>
    public static void Groups(ShrinkSession session)
    {
        session.Pass = "servers, clients, sorts of operations";
        TryWithoutGroups(session, step => (step.Likeness.Actor, "", (object)""));
        TryWithoutGroups(session, step => (step.Likeness.Actor, step.Likeness.Process ?? "", (object)""));
        TryWithoutGroups(session, step => (0, "", step.Likeness.Subject.What));
        TryWithoutGroups(session, step => (step.Likeness.Actor, step.Likeness.Process ?? "", step.Likeness.Subject.What));
    }

    /// <summary>Leaves out one server, whose part another server takes over.</summary>
    public static void Servers(ShrinkSession session)
    {
        session.Pass = "another server in its place";
        if (session.Smallest.Timed)
        {
            return;
        }

        // Actors with the fewest steps come first.
        int[] actors = [.. session.Steps.Select(step => step.Likeness.Actor).Where(actor => actor > 0).GroupBy(actor => actor).OrderBy(steps => steps.Count()).Select(steps => steps.Key)];
        foreach (int actor in actors)
        {
            foreach (int another in actors)
            {
                if (actor != another && session.Try([.. session.Steps.Select(step => step.InsteadOf(actor, another))]))
                {
                    break;
                }
            }
        }
    }

    /// <summary>
    /// Leaves out operations with all their direct and indirect effects, such as a whole election or the consequences
    /// of a message.
    /// </summary>
    public static void Causes(ShrinkSession session)
    {
        session.Pass = "operations and what they brought about";
        if (session.Smallest.Timed)
        {
            return;
        }

        for (int i = session.Steps.Count - 1; i > 0; i = Math.Min(i, session.Steps.Count) - 1)
        {
            HashSet<RecordedStep> effects = EffectsOf(session.Steps, i);
            session.Try([.. session.Steps.Where(step => !effects.Contains(step))]);
        }
    }

    /// <summary>Leaves out steps.</summary>
    public static void Steps(ShrinkSession session)
    {
        session.Pass = "steps";
        if (!session.Smallest.Timed)
        {
            DeltaDebugging.Reduce(() => session.Steps.Count, (start, count) =>
                session.Try([.. session.Steps.Take(start), .. session.Steps.Skip(start + count)]));
        }
    }

    /// <summary>Sets faults and other drawn values to 0.</summary>
    public static void Draws(ShrinkSession session)
    {
        session.Pass = "faults and other draws";
        DeltaDebugging.Reduce(() => Changeable(session).Count, (start, count) =>
        {
            RecordedStep[] steps = [.. session.Steps];
            foreach ((int step, int draw) in Changeable(session).Skip(start).Take(count))
            {
                steps[step] = steps[step].With(draw, 0);
            }

            return session.Try(steps);
        });
    }

    /// <summary>
    /// Merges two steps of one server into the later one, because tasks take all pending input at once.
    /// </summary>
    public static void Merge(ShrinkSession session)
    {
        session.Pass = "steps in one";
        if (session.Smallest.Timed)
        {
            return;
        }

        for (int later = session.Steps.Count - 1; later > 0; later = Math.Min(later, session.Steps.Count) - 1)
        {
            int near = 0;
            for (int earlier = later - 1; earlier > 0 && later < session.Steps.Count && near < MergeReach; earlier--)
            {
                IReadOnlyList<RecordedStep> steps = session.Steps;
                if (steps[earlier].Who != steps[later].Who)
                {
                    continue;
                }

                near++;
                if (steps[earlier].Likeness.Kind != OperationKind.Continuation || steps[later].Likeness.Kind != OperationKind.Continuation)
                {
                    continue;
                }

                RecordedStep merged = steps[earlier] with { Draws = [.. steps[earlier].Draws, .. steps[later].Draws] };
                if (session.Try([.. steps.Take(earlier), .. steps.Skip(earlier + 1).Take(later - earlier - 1), merged, .. steps.Skip(later + 1)]))
                {
                    break;
                }
            }
        }
    }

    /// <summary>Reduces switches between servers by moving the steps of one server together.</summary>
    public static void Switches(ShrinkSession session)
    {
        session.Pass = "switches";
        if (session.Smallest.Timed)
        {
            return;
        }

        for (int i = 1; i < session.Steps.Count; i++)
        {
            IReadOnlyList<RecordedStep> steps = session.Steps;
            int length = LengthOfBlock(steps, i);
            if (steps[i - 1].Who == steps[i].Who)
            {
                continue;
            }

            // The block moves up to the last block of its server, or the block before it moves down to its server's next one.
            int before = LastOf(steps, i, steps[i].Who);
            int first = FirstOfBlock(steps, i - 1);
            int behind = NextOf(steps, i + length, steps[i - 1].Who);
            _ = (before >= 0 && session.Try([.. steps.Take(before + 1), .. steps.Skip(i).Take(length), .. steps.Skip(before + 1).Take(i - before - 1), .. steps.Skip(i + length)]))
                || (behind >= 0 && first > 0 && session.Try([.. steps.Take(first), .. steps.Skip(i).Take(behind - i), .. steps.Skip(first).Take(i - first), .. steps.Skip(behind)]));
        }
    }

    private static HashSet<RecordedStep> EffectsOf(IReadOnlyList<RecordedStep> steps, int cause)
    {
        Dictionary<ulong, RecordedStep> later = [];
        for (int i = cause + 1; i < steps.Count; i++)
        {
            later.TryAdd(steps[i].Identity, steps[i]);
        }

        HashSet<RecordedStep> effects = new(ReferenceEqualityComparer.Instance) { steps[cause] };
        Stack<ulong> open = new([steps[cause].Identity]);
        while (open.TryPop(out ulong identity))
        {
            for (uint effect = 1; effect <= MaxEffects; effect++)
            {
                if (later.Remove(Causality.IdentityOf(identity, effect), out RecordedStep? step))
                {
                    effects.Add(step);
                    open.Push(step.Identity);
                }
            }
        }

        return effects;
    }

    private static void TryMix(ShrinkSession session, string fault)
    {
        RecordedStep[] steps = [.. session.Steps];
        for (int step = 0; step < Math.Min(1, steps.Length); step++)
        {
            for (int draw = 0; draw < steps[step].Draws.Count; draw++)
            {
                if (steps[step].Draws[draw] is { Bound: 4 } mix && mix.What == fault && mix.Value != 1)
                {
                    steps[step] = steps[step].With(draw, 1);
                    session.Try(steps);
                    return;
                }
            }
        }
    }

    private static void TryWithoutGroups<TKey>(ShrinkSession session, Func<RecordedStep, TKey> key)
        where TKey : notnull
    {
        if (session.Smallest.Timed)
        {
            return;
        }

        // Large groups come first. Equal ones keep the order of their first steps, so that the result is deterministic.
        TKey[] keys = [.. session.Steps.GroupBy(key).OrderByDescending(group => group.Count()).Select(group => group.Key)];
        foreach (TKey group in keys)
        {
            session.Try([.. session.Steps.Where(step => !key(step).Equals(group))]);
        }
    }

    private static List<(int Step, int Draw)> Changeable(ShrinkSession session)
    {
        List<(int, int)> changeable = [];
        IReadOnlyList<RecordedStep> steps = session.Steps;
        for (int step = 0; step < steps.Count; step++)
        {
            for (int draw = 0; draw < steps[step].Draws.Count; draw++)
            {
                // The mix of faults has a pass of its own, and 0 stands for the scenario's own mix there.
                bool isMix = step == 0 && MixNames.Contains(steps[step].Draws[draw].What);
                if (steps[step].Draws[draw].Value != 0 && !isMix && session.MayChangeDraws(steps[step]))
                {
                    changeable.Add((step, draw));
                }
            }
        }

        return changeable;
    }

    private static int LengthOfBlock(IReadOnlyList<RecordedStep> steps, int start)
    {
        int end = start + 1;
        while (end < steps.Count && steps[end].Who == steps[start].Who)
        {
            end++;
        }

        return end - start;
    }

    private static int FirstOfBlock(IReadOnlyList<RecordedStep> steps, int last)
    {
        while (last > 0 && steps[last - 1].Who == steps[last].Who)
        {
            last--;
        }

        return last;
    }

    private static int LastOf(IReadOnlyList<RecordedStep> steps, int before, (int, string?) who)
    {
        int at = before - 1;
        while (at >= 0 && steps[at].Who != who)
        {
            at--;
        }

        return at;
    }

    private static int NextOf(IReadOnlyList<RecordedStep> steps, int from, (int, string?) who)
    {
        for (int at = from; at < steps.Count; at++)
        {
            if (steps[at].Who == who)
            {
                return at;
            }
        }

        return -1;
    }
}
