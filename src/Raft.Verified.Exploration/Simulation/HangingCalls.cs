using Raft.Verified.Protocol;

namespace Raft.Verified.Exploration.Simulation;

/// <summary>The calls into the parts of servers that do not return, until the faults end.</summary>
public sealed class HangingCalls
{
    private readonly List<TaskCompletionSource> _calls = [];
    private readonly HashSet<(ServerId From, ServerId To)> _links = [];

    internal HangingCalls()
    {
    }

    /// <summary>From now on every message from one server to another hangs in the sender's transport, and is lost, until the faults end.</summary>
    /// <param name="from">The sender.</param>
    /// <param name="to">The receiver.</param>
    public void HangLink(ServerId from, ServerId to) => _links.Add((from, to));

    internal bool IsHanging(ServerId from, ServerId to) => _links.Count > 0 && _links.Contains((from, to));

    /// <summary>A call that returns when the faults end.</summary>
    internal Task WaitAsync()
    {
        TaskCompletionSource call = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.Add(call);
        return call.Task;
    }

    /// <summary>Lets every call return, in the order in which they came.</summary>
    internal void End()
    {
        _links.Clear();
        foreach (TaskCompletionSource call in _calls)
        {
            call.TrySetResult();
        }

        _calls.Clear();
    }
}
