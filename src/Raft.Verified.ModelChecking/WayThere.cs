using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// The path to a state. With the eager closure, silent steps are not steps of the search. Those that the path needs are
/// inserted where they were taken.
/// </summary>
internal sealed class WayThere(Search search)
{
    private readonly CoreCluster _cluster = search.Cluster;

    /// <summary>Returns the path to the state with the given number, followed by one more step.</summary>
    public List<ModelStep> To(long number, ModelInput last) => [.. StepsTo(number, last).Select(StepOf)];

    /// <summary>Returns the given steps of the search, with the silent steps that they need.</summary>
    public List<ModelStep> Of(List<ModelInput> steps) => [.. (search.Options.EagerClosure ? WithSilent(steps) : steps).Select(StepOf)];

    /// <summary>
    /// Returns the inputs of the path to the state with the given number, followed by one more input.
    /// </summary>
    public List<ModelInput> StepsTo(long number, ModelInput last)
    {
        List<ModelInput> steps = [];
        for (long at = number; at > 0; at = search.Origins.Of(at).Parent)
        {
            steps.Add(ModelInput.Unpack(search.Origins.Of(at).Input));
        }

        steps.Reverse();
        if (number >= 0)
        {
            steps.Add(last);
        }

        return search.Options.EagerClosure ? WithSilent(steps) : steps;
    }

    private List<ModelInput> WithSilent(List<ModelInput> steps)
    {
        List<(ModelInput Input, bool IsMain)> all = [];
        Dictionary<int, int> senders = [];
        LocalInfo[] locals = [.. Enumerable.Range(0, search.Bounds.Servers).Select(server => _cluster.Local(_cluster.InitialOf(server)))];
        foreach (ModelInput step in steps)
        {
            // Take all silent steps that send new messages before this step. Earlier messages are already known.
            for (bool more = true; more;)
            {
                more = false;
                foreach (LocalInfo local in locals.Where(local => local.IsUp))
                {
                    if (local.Role == Role.Leader && search.Bounds.Heartbeats)
                    {
                        more |= Silent(local, ModelAction.HeartbeatTimeout, 0);
                    }

                    foreach (int message in senders.Keys.Where(message => _cluster.Message(message).Receiver == local.Server).Order().ToArray())
                    {
                        more |= Silent(local, ModelAction.Receive, message);
                    }
                }
            }

            LocalStep taken = _cluster.Step(locals[step.Server], step.Action, step.Argument);
            all.Add((step, true));
            foreach (int message in taken.Sent)
            {
                senders.TryAdd(message, all.Count - 1);
            }

            locals[step.Server] = _cluster.Local(taken.After);
        }

        return Needed(all, senders);

        bool Silent(LocalInfo local, ModelAction action, int argument)
        {
            LocalStep step = _cluster.Step(local, action, argument);
            if (!step.KeepsLocal || !Array.Exists(step.Sent, message => !senders.ContainsKey(message)))
            {
                return false;
            }

            all.Add((new ModelInput(local.Server, action, argument), false));
            foreach (int message in step.Sent)
            {
                senders.TryAdd(message, all.Count - 1);
            }

            return true;
        }
    }

    private static List<ModelInput> Needed(List<(ModelInput Input, bool IsMain)> all, Dictionary<int, int> senders)
    {
        bool[] needed = new bool[all.Count];
        for (int i = all.Count - 1; i >= 0; i--)
        {
            needed[i] |= all[i].IsMain;
            if (needed[i] && all[i].Input.Action == ModelAction.Receive)
            {
                needed[senders[all[i].Input.Argument]] = true;
            }
        }

        return [.. all.Where((_, i) => needed[i]).Select(step => step.Input)];
    }

    private ModelStep StepOf(ModelInput input) => new(
        new ServerId(input.Server + 1), input.Action, input.Argument,
        input.Action == ModelAction.Receive ? _cluster.Message(input.Argument).Message : null, Describe(input));

    private string Describe(ModelInput input)
    {
        ServerId server = new(input.Server + 1);
        return input.Action switch
        {
            ModelAction.Receive => $"{server} receives from {_cluster.Message(input.Argument).Message.From}: {_cluster.Message(input.Argument).Message}",
            ModelAction.Propose => $"{server} is asked for command {input.Argument}",
            ModelAction.Compact => $"{server} compacts its log up to {input.Argument}",
            ModelAction.Read => $"{server} is asked to read",
            ModelAction.WriteCompleted => $"{server}: the disk holds the first {(input.Argument == 1 ? "write" : $"{input.Argument} writes")}",
            ModelAction.Crash => $"{server} crashes; the disk holds the first {input.Argument} parts of its unfinished writes",
            ModelAction.Restart => $"{server} restarts",
            ModelAction.ElectionTimeout => $"{server}: the election timer runs out",
            _ => $"{server}: the heartbeat timer runs out",
        };
    }
}
