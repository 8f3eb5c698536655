using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Shrinking;

/// <summary>A guide over steps that this build recorded, so that operations have identities.</summary>
internal sealed class RecordedGuide(IReadOnlyList<RecordedStep> steps) : Guide
{
    // The number of pending operations beyond which only the operation itself is looked for, and no similar one: comparing
    // each step of the list with all of them takes minutes.
    private const int MaxCompared = 1000;

    private readonly HashSet<ulong> _listed = [.. steps.Select(step => step.Identity)];
    private Dictionary<ulong, int>? _index;

    public override int Count => steps.Count;

    public override IReadOnlyList<RecordedDraw> DrawsOf(int index) => steps[index].Draws;

    public override int Find(ReadyOperations ready, int index)
    {
        RecordedStep step = steps[index];
        OperationKind kind = step.Likeness.Kind;
        ReadOnlySpan<PendingOperation> candidates = ready[kind].Items;
        for (int i = 0; i < candidates.Length; i++)
        {
            if (candidates[i].Identity == step.Identity)
            {
                return ready.ChoiceOf(kind, i);
            }
        }

        if (candidates.Length > MaxCompared)
        {
            return -1;
        }

        // A similar operation, preferably one that is not in the list itself. Among these the oldest one, or the newest one if
        // the recorded operation was not the oldest.
        (int found, bool listed, int order) = (-1, true, int.MaxValue);
        for (int i = 0; i < candidates.Length; i++)
        {
            ref readonly PendingOperation candidate = ref candidates[i];
            if (!step.Likeness.Fits(in candidate))
            {
                continue;
            }

            bool isListed = _listed.Contains(candidate.Identity);
            int age = step.Newest ? -candidate.Order : candidate.Order;
            if ((listed && !isListed) || (listed == isListed && age < order))
            {
                (found, listed, order) = (i, isListed, age);
            }
        }

        return found >= 0 ? ready.ChoiceOf(kind, found)
            : step.IsInsteadOfAnother && kind == OperationKind.Continuation ? FindOldestOf(step.Likeness.Actor, step.Likeness.Peer, ready)
            : -1;
    }

    // A server that takes over another's work may be further ahead: it continues a task where the other one started it.
    private int FindOldestOf(int server, int peer, ReadyOperations ready)
    {
        ReadOnlySpan<PendingOperation> candidates = ready[OperationKind.Continuation].Items;
        int oldest = -1;
        for (int i = 0; i < candidates.Length; i++)
        {
            ref readonly PendingOperation candidate = ref candidates[i];
            if (candidate.Actor == server && !_listed.Contains(candidate.Identity) && (oldest < 0 || candidate.Order < candidates[oldest].Order)
                && OperationLikeness.Of(in candidate, OperationKind.Continuation).Peer == peer)
            {
                oldest = i;
            }
        }

        return oldest < 0 ? -1 : ready.ChoiceOf(OperationKind.Continuation, oldest);
    }

    public override (int Choice, int Index) FindFirst(ReadyOperations ready, int from)
    {
        _index ??= IndexOf(steps);
        (int choice, int index) = (-1, int.MaxValue);
        int position = 0;
        for (OperationKind kind = 0; (int)kind < ReadyOperations.Kinds; kind++)
        {
            foreach (ref readonly PendingOperation candidate in ready[kind].Items)
            {
                if (_index.TryGetValue(candidate.Identity, out int at) && at >= from && at < index)
                {
                    (choice, index) = (position, at);
                }

                position++;
            }
        }

        return (choice, index);
    }

    private static Dictionary<ulong, int> IndexOf(IReadOnlyList<RecordedStep> steps)
    {
        Dictionary<ulong, int> index = new(steps.Count);
        for (int i = 0; i < steps.Count; i++)
        {
            index.TryAdd(steps[i].Identity, i);
        }

        return index;
    }
}
