using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation;

/// <summary>The calls into parts of servers that do not return until the faults end.</summary>
public sealed class HangingCalls
{
    private readonly List<TaskCompletionSource> _calls = [];
    private readonly HashSet<(ServerId From, ServerId To)> _links = [];

    private readonly HashSet<(ServerId Server, FailingPart Part)> _parts = [];

    internal HangingCalls()
    {
    }

    /// <summary>
    /// Makes every message from one server to another hang in the sender's transport until the faults end; these
    /// messages are lost.
    /// </summary>
    /// <param name="from">The sender.</param>
    /// <param name="to">The receiver.</param>
    public void HangLink(ServerId from, ServerId to) => _links.Add((from, to));

    /// <summary>
    /// Makes every write of a server's storage, or every call of its state machine, hang until the faults end. State
    /// machines hang only in clusters whose <see cref="FaultMix.Parts"/> are not <see cref="PartFaults.None"/>.
    /// </summary>
    /// <param name="server">The server.</param>
    /// <param name="part">The storage or the state machine.</param>
    public void HangPart(ServerId server, FailingPart part) => _parts.Add((server, part));

    internal bool IsHanging(ServerId server, FailingPart part) => _parts.Count > 0 && _parts.Contains((server, part));

    internal bool IsHanging(ServerId from, ServerId to) => _links.Count > 0 && _links.Contains((from, to));

    /// <summary>Returns a task that completes when the faults end.</summary>
    internal Task WaitAsync()
    {
        TaskCompletionSource call = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.Add(call);
        return call.Task;
    }

    /// <summary>Lets every call return, in the order of the calls.</summary>
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
