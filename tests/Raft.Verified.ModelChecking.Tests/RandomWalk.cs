using Raft.Verified.Exploration.Runtime;
using Raft.Verified.ModelChecking;
using Raft.Verified.Protocol;
using Xunit;

namespace Raft.Verified.Tests.ModelChecking;

/// <summary>A way through a model, step by step at random.</summary>
internal static class RandomWalk
{
    /// <summary>Walks.</summary>
    /// <param name="bounds">The model.</param>
    /// <param name="seed">The same seed gives the same way.</param>
    /// <param name="length">The number of steps, at most.</param>
    public static IReadOnlyList<ModelStep> Of(ModelBounds bounds, ulong seed, int length)
    {
        SplitMix random = new(seed);
        CoreCluster cluster = new(bounds, symmetry: false);
        LocalInfo[] locals = [.. Enumerable.Range(0, bounds.Servers).Select(server => cluster.Local(cluster.InitialOf(server)))];
        SortedDictionary<int, int> received = [];
        (int proposals, int crashes, int compactions) = (0, 0, 0);
        List<ModelStep> steps = [];
        while (steps.Count < length)
        {
            List<ModelInput> inputs = [.. locals.SelectMany(Enabled)];
            if (inputs.Count == 0)
            {
                break;
            }

            List<ModelInput> rare = inputs.FindAll(IsRare);
            List<ModelInput> chosen = rare.Count > 0 && random.Next(2) == 0 ? rare : inputs;
            ModelInput input = chosen[random.Next(chosen.Count)];
            LocalStep step = cluster.Step(locals[input.Server], input.Action, input.Argument);
            Assert.Null(step.Violation);
            locals[input.Server] = cluster.Local(step.After);
            foreach (int message in step.Sent)
            {
                received.TryAdd(message, 0);
            }

            if (input.Action == ModelAction.Receive)
            {
                received[input.Argument]++;
            }

            proposals += input.Action == ModelAction.Propose ? 1 : 0;
            crashes += input.Action == ModelAction.Crash ? 1 : 0;
            compactions += input.Action == ModelAction.Compact ? 1 : 0;
            Message? taken = input.Action == ModelAction.Receive ? cluster.Message(input.Argument).Message : null;
            steps.Add(new ModelStep(new ServerId(input.Server + 1), input.Action, input.Argument, taken, $"{input.Action} {input.Argument} on S{input.Server + 1}"));
        }

        return steps;

        // The transfer of a snapshot has many steps; left to chance, it would not come to its end.
        bool IsRare(ModelInput input) => input.Action == ModelAction.Compact
            || (input.Action == ModelAction.Receive && received[input.Argument] == 0 && cluster.Message(input.Argument).Message is InstallSnapshot or InstallSnapshotReply);

        // The rules of the search, but that no message is received for ever.
        IEnumerable<ModelInput> Enabled(LocalInfo local)
        {
            if (!local.IsUp)
            {
                yield return new ModelInput(local.Server, ModelAction.Restart, 0);
                yield break;
            }

            if (local.Role != Role.Leader && local.Term < bounds.MaxTerm)
            {
                yield return new ModelInput(local.Server, ModelAction.ElectionTimeout, 0);
            }

            if (local.Role == Role.Leader)
            {
                yield return new ModelInput(local.Server, ModelAction.HeartbeatTimeout, 0);
            }

            if (local.Role == Role.Leader && proposals < bounds.MaxProposals)
            {
                yield return new ModelInput(local.Server, ModelAction.Propose, proposals + 1);
            }

            if (local.TakesReads && local.Round < bounds.MaxRounds)
            {
                yield return new ModelInput(local.Server, ModelAction.Read, 0);
            }

            for (int index = local.SnapshotIndex + 1; index <= local.LastApplied && compactions < bounds.MaxCompactions; index++)
            {
                yield return new ModelInput(local.Server, ModelAction.Compact, index);
            }

            for (int writes = 1; writes <= local.State.Pending.Length; writes++)
            {
                yield return new ModelInput(local.Server, ModelAction.WriteCompleted, writes);
            }

            for (int parts = 0; parts <= local.Parts && crashes < bounds.MaxCrashes; parts++)
            {
                yield return new ModelInput(local.Server, ModelAction.Crash, parts);
            }

            foreach ((int message, int times) in received)
            {
                if (times < 5 && cluster.Message(message).Receiver == local.Server)
                {
                    yield return new ModelInput(local.Server, ModelAction.Receive, message);
                }
            }
        }
    }
}
