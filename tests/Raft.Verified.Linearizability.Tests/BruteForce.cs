using Raft.Verified.Linearizability;

namespace Raft.Verified.Tests.Specifications.Linearizability;

/// <summary>The definition of linearizability, tried out on all orders: without memory, parts or lists. For histories of a few operations.</summary>
internal static class BruteForce
{
    public static bool IsLinearizable<TState, TCommand, TAnswer>(
        SequentialModel<TState, TCommand, TAnswer> model, IReadOnlyList<HistoryOperation<TCommand, TAnswer>> history)
        where TState : notnull
    {
        return Exists([.. history], []);

        // Whether some order of the operations left, the unanswered ones among them or not, goes on from the states that the parts have reached.
        bool Exists(List<HistoryOperation<TCommand, TAnswer>> left, Dictionary<string, TState> states)
        {
            if (left.All(operation => operation.Return is null))
            {
                return true;
            }

            foreach (HistoryOperation<TCommand, TAnswer> next in left)
            {
                if (left.Any(other => other.Return < next.Call))
                {
                    continue;
                }

                string part = model.PartOf(next.Command);
                (TState after, TAnswer answer) = model.Step(states.GetValueOrDefault(part, model.Initial), next.Command);
                if ((next.Return is null || model.Accepts(next.Answer!, answer))
                    && Exists([.. left.Where(other => other != next)], new Dictionary<string, TState>(states) { [part] = after }))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
