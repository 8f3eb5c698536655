using Raft.Verified.KeyValue;
using Raft.Verified.Linearizability;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios.KeyValue;

/// <summary>The clients of the key/value store in one schedule, and the judgement of their answers.</summary>
internal sealed class KeyValueRun(SimulatedCluster cluster, KeyValueLimits? limits = null)
{
    private readonly SequentialModel<StoreState, StoreOperation, KeyValueReply> _model = limits is null ? StoreModel.Instance : StoreModel.Within(limits);
    private readonly History<StoreOperation, KeyValueReply> _history = new();
    private readonly List<Task> _running = [];

    /// <summary>Starts a client that executes operations one after the other.</summary>
    /// <param name="operations">The number of operations.</param>
    /// <param name="operation">The function that executes one operation, given its number from 0.</param>
    public void StartClient(int operations, Func<RecordingClient, int, Task> operation)
    {
        int number = _running.Count + 1;
        SessionWatch watch = new(cluster, new ChaosKeyValueTransport(cluster));
        KeyValueClient client = new(
            watch,
            new KeyValueClientOptions { Servers = cluster.ServerIds, AttemptTimeout = TimeSpan.FromMilliseconds(400), RetryPause = TimeSpan.FromMilliseconds(30) },
            cluster.Simulation.CreateProcess(0, $"client {number}").Time);
        RecordingClient recording = new(_history, number, client, watch);
        _running.Add(cluster.Start($"client {number}", async () =>
        {
            for (int i = 0; i < operations; i++)
            {
                try
                {
                    await operation(recording, i);
                    Judge();
                }
                catch (KeyValueOutcomeUnknownException)
                {
                    // The history records the outcome as unknown.
                }
            }
        }));
    }

    /// <summary>
    /// Ends the faults, waits for every client's last answer, and checks that an order of the operations explains all
    /// answers.
    /// </summary>
    public async Task EndAsync()
    {
        cluster.StopFaults();
        if (!await cluster.UntilAsync(() => _running.TrueForAll(client => client.IsCompleted), cluster.Simulation.LivenessBound))
        {
            cluster.Simulation.Fail(
                nameof(EveryOperationAnswered), $"{_running.Count(client => !client.IsCompleted)} of {_running.Count} clients still wait after all faults ended");
        }

        foreach (Task client in _running)
        {
            await client;
        }

        Judge();
    }

    // Judges the history after each answer, so that the schedule ends at the first wrong one. Later operations cannot
    // explain an answer that no order explains now.
    private void Judge()
    {
        LinearizabilityReport report = LinearizabilityChecker.Check(_model, _history.Operations);
        if (!report.IsLinearizable)
        {
            cluster.Simulation.Fail("StoreLinearizability", $"{report.Operations} operations, {report.Verdict}: {report.Account}");
        }
    }
}
