using Raft.Verified.Protocol;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios.Lab;

/// <summary>
/// The labs' harness over a simulated cluster, with its checks. Servers are numbered from 0, and can be connected,
/// disconnected, crashed and restarted. A restarted server is not connected.
/// </summary>
public sealed partial class LabHarness
{
    private const int SnapshotInterval = 10;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(120);

    private readonly SimulatedCluster _cluster;
    private readonly LabTest _test;
    private readonly LabRaft[] _servers;
    private readonly bool[] _connected;
    private readonly LabRecords _records;

    /// <summary>Takes over a cluster whose servers have just started and are all connected.</summary>
    /// <param name="cluster">The cluster that runs the test.</param>
    /// <param name="test">The test.</param>
    public LabHarness(SimulatedCluster cluster, LabTest test)
    {
        _cluster = cluster;
        _test = test;
        _records = new LabRecords(Count);
        _servers = [.. cluster.Servers.Select(server => new LabRaft(server))];
        _connected = new bool[Count];
        Array.Fill(_connected, true);
        foreach (SimulatedServer server in cluster.Servers)
        {
            BeginLife(server);
            server.Starting = BeginLife;
        }
    }

    /// <summary>The number of servers.</summary>
    public int Count => _cluster.Servers.Count;

    /// <summary>The size in bytes of the largest Raft state on any disk, without its snapshot.</summary>
    public int LargestState => _servers.Max(server => server.StateSize);

    /// <summary>The number of requests that have reached running servers since their last starts.</summary>
    public long RequestsReceived => _cluster.ServerIds.Sum(_cluster.Network.RequestsReceived);

    /// <summary>The size in bytes of all messages so far.</summary>
    public long Bytes => _cluster.Network.TotalBytes;

    /// <summary>The server with a number, from 0.</summary>
    public LabRaft this[int server] => _servers[server];

    /// <summary>
    /// Returns the number of the server <paramref name="steps"/> places after another one, cyclically.
    /// </summary>
    /// <param name="server">The number of the other server, from 0.</param>
    /// <param name="steps">The number of places; not negative.</param>
    public int After(int server, int steps) => (server + steps) % Count;

    /// <summary>Draws a value from 0 to <paramref name="bound"/> - 1.</summary>
    /// <param name="bound">The number of possible values; at least 1.</param>
    /// <param name="what">The purpose of the draw, for the schedule.</param>
    public int Random(int bound, string what) => _cluster.Simulation.Choose(bound, what);

    /// <summary>Draws true with this probability in percent.</summary>
    /// <param name="percent">The probability in percent, from 0 to 100.</param>
    /// <param name="what">The purpose of the draw, for the schedule.</param>
    public bool Happens(int percent, string what) => Random(100, what) < percent;

    /// <summary>Draws a command that was not used before.</summary>
    public ReadOnlyMemory<byte> RandomCommand() => LabCommand.Of(Random(int.MaxValue, "command"));

    /// <summary>Waits for a duration in milliseconds of virtual time.</summary>
    /// <param name="milliseconds">The duration in milliseconds.</param>
    public Task SleepAsync(int milliseconds) => _cluster.DelayAsync(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Starts a task that runs concurrently with the test.</summary>
    /// <param name="name">The name of the task, for the schedule.</param>
    /// <param name="body">The body of the task.</param>
    public Task Run(string name, Func<Task> body) => _cluster.Start(name, body);

    /// <summary>Makes the network reliable, so that it no longer loses or delays messages.</summary>
    public void BecomeReliable() => _cluster.Network.BecomeReliable();

    /// <summary>Starts to delay most replies.</summary>
    public void BeginLongReordering()
    {
        if (_cluster.Network.Lab is { } lab)
        {
            lab.HasLongReordering = true;
        }
        else
        {
            _cluster.Network.Faults = _cluster.Network.Faults with { LongDelay = 1.0 / 3, MaxLongDelay = 2200 };
        }
    }

    /// <summary>Returns true when a server is connected.</summary>
    /// <param name="server">The number of the server, from 0.</param>
    public bool IsConnected(int server) => _connected[server];

    /// <summary>Disconnects a server, which continues to run.</summary>
    /// <param name="server">The number of the server, from 0.</param>
    public void Disconnect(int server)
    {
        _connected[server] = false;
        SetLinks(server);
        _cluster.Tell(Id(server), new Disconnected());
    }

    /// <summary>Connects a server to all connected servers.</summary>
    /// <param name="server">The number of the server, from 0.</param>
    public void Connect(int server)
    {
        _connected[server] = true;
        SetLinks(server);
        _cluster.Tell(Id(server), new Connected());
    }

    /// <summary>Disconnects and kills a server.</summary>
    /// <param name="server">The number of the server, from 0.</param>
    public void Crash(int server)
    {
        Disconnect(server);
        _servers[server].Crash();
    }

    /// <summary>Crashes a server if it is up, and restarts it from its disk, disconnected.</summary>
    /// <param name="server">The number of the server, from 0.</param>
    public async Task RestartAsync(int server)
    {
        Crash(server);
        _servers[server].Start();
        await _cluster.UntilAsync(() => _servers[server].IsUp);
    }

    /// <summary>Runs the test.</summary>
    public async Task RunAsync()
    {
        TimeSpan began = _cluster.Simulation.Now;
        await _test.Body(this);
        TimeSpan took = _cluster.Simulation.Now - began;
        Require(took <= TimeLimit, $"the test took {took.TotalSeconds:F1} s; expected at most {TimeLimit.TotalSeconds} s");
    }

    /// <summary>
    /// Records a command that a server's service applied. If the test takes snapshots, the service takes one every ten
    /// commands before it continues.
    /// </summary>
    internal async ValueTask AppliedAsync(int server, long index, ReadOnlyMemory<byte> command)
    {
        RequireNothingWrong(_records.Apply(server, index, command));
        if (_test.TakesSnapshots && (index + 1) % SnapshotInterval == 0)
        {
            await _servers[server].SnapshotAsync(index, LabHistory.Write(_records.Commands(server, index)));
        }
    }

    /// <summary>Records a snapshot that a server's service was given.</summary>
    internal void Restored(int server, long index, ReadOnlyMemory<byte> snapshot) => RequireNothingWrong(_records.Restore(server, index, snapshot));

    /// <summary>Fails the test unless a condition holds.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="otherwise">The message of the failure: the value found and the expected one.</param>
    public void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw Failure(otherwise);
        }
    }

    /// <summary>Creates the exception for a failed test, to be thrown.</summary>
    /// <param name="message">The message of the failure.</param>
    public Exception Failure(string message)
    {
        _cluster.Simulation.Fail(_test.Name, message);
        return new LabFailureException($"{_test.Name}: {message}");
    }

    private void RequireNothingWrong(string? wrong)
    {
        if (wrong is not null)
        {
            throw Failure(wrong);
        }
    }

    private void BeginLife(SimulatedServer server)
    {
        _records.BeginLife(server.Id.Value - 1);
        ((LabMachine)server.StateMachine!).Bind(this, server.Id.Value - 1);
    }

    private ServerId Id(int server) => _cluster.ServerIds[server];

    private void SetLinks(int server)
    {
        for (int other = 0; other < Count; other++)
        {
            if (other == server)
            {
                continue;
            }

            if (_connected[server] && _connected[other])
            {
                _cluster.Network.Mend(Id(server), Id(other));
                _cluster.Network.Mend(Id(other), Id(server));
            }
            else
            {
                _cluster.Network.Cut(Id(server), Id(other));
                _cluster.Network.Cut(Id(other), Id(server));
            }
        }
    }
}

/// <summary>The exception that ends a failed lab test.</summary>
internal sealed class LabFailureException(string message) : Exception(message);
