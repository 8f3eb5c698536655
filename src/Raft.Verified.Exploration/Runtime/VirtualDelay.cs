namespace Raft.Verified.Exploration.Runtime;

/// <summary>A delay made of one timer of a given clock. Disposing it cancels the delay.</summary>
internal sealed class VirtualDelay : IDisposable
{
    private readonly TaskCompletionSource _elapsed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _name;
    private readonly ITimer _timer;

    public VirtualDelay(TimeProvider time, TimeSpan delay, string name)
    {
        _name = name;
        _timer = time.CreateTimer(static state => ((VirtualDelay)state!)._elapsed.TrySetResult(), this, delay, Timeout.InfiniteTimeSpan);
    }

    public Task Elapsed => _elapsed.Task;

    public static async Task WaitAsync(TimeProvider time, TimeSpan delay)
    {
        using VirtualDelay wait = new(time, delay, "delay");
        await wait.Elapsed;
    }

    public void Dispose() => _timer.Dispose();

    public override string ToString() => _name;
}
