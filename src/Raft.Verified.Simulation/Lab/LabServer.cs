using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Simulation.Lab;

/// <summary>One life of a server on the network. A restarted server is another one under the same name.</summary>
public sealed class LabServer
{
    private readonly List<LabCall> _running = [];

    internal LabServer(string name, object service, ISimulatedProcess process, int actor)
    {
        Name = name;
        Service = service;
        Process = process;
        Actor = actor;
    }

    /// <summary>The name under which the server is called.</summary>
    public string Name { get; }

    /// <summary>The object that handlers work on.</summary>
    public object Service { get; }

    /// <summary>The process in which handlers run.</summary>
    public ISimulatedProcess Process { get; }

    /// <summary>The number of calls that have reached a handler.</summary>
    public long IncomingCalls { get; private set; }

    internal int Actor { get; }

    /// <summary>The calls whose handlers run, in the order of their dispatch.</summary>
    internal IReadOnlyList<LabCall> Running => _running;

    internal void Dispatched(LabCall call)
    {
        IncomingCalls++;
        _running.Add(call);
    }

    internal void Ended(LabCall call) => _running.Remove(call);

    // Schedules a look for the running calls of one end, or of all ends for null, after a change that concerns them.
    internal void LookAtCalls(LabEnd? end)
    {
        foreach (LabCall call in _running)
        {
            if (end is null || call.End == end)
            {
                call.LookSoon();
            }
        }
    }
}
