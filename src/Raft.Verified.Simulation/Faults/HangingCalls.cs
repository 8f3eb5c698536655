using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation;

/// <summary>The calls into the parts of servers that do not return, until the faults end.</summary>
public sealed class HangingCalls
{
    private readonly List<TaskCompletionSource> _calls = [];
    private readonly HashSet<(ServerId From, ServerId To)> _links = [];

    private readonly HashSet<(ServerId Server, FailingPart Part)> _parts = [];

    internal HangingCalls()
    {
    }

    /// <summary>From now on every message from one server to another hangs in the sender's transport, and is lost, until the faults end.</summary>
    /// <param name="from">The sender.</param>
    /// <param name="to">The receiver.</param>
    public void HangLink(ServerId from, ServerId to) => _links.Add((from, to));

    /// <summary>
    /// From now on every write of a server's storage, or every call of its state machine, hangs until the faults end. A state machine does so only in clusters whose
    /// <see cref="FaultMix.Parts"/> are not <see cref="PartFaults.None"/>.
    /// </summary>
    /// <param name="server">The server.</param>
    /// <param name="part">The storage or the state machine.</param>
    public void HangPart(ServerId server, FailingPart part) => _parts.Add((server, part));

    internal bool IsHanging(ServerId server, FailingPart part) => _parts.Count > 0 && _parts.Contains((server, part));

    internal bool IsHanging(ServerId from, ServerId to) => _links.Count > 0 && _links.Contains((from, to));

    /// <summary>A call that returns when the faults end.</summary>
    internal Task WaitAsync()
    {
        TaskCompletionSource call = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.Add(call);
        return call.Task;
    }

    /// <summary>Lets every call return, in the order in which they came.</summary>
    public void End()
    {
        _links.Clear();
        _parts.Clear();
        foreach (TaskCompletionSource call in _calls)
        {
            call.TrySetResult();
        }

        _calls.Clear();
    }
}
