using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;

namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// A watchdog, which checks in real time that the steps of schedules return, from a thread outside the explored world.
/// When a step does not return, its schedule fails with <see cref="RuntimeFindings.StepDoesNotReturn"/>. The thread of
/// the step ends where it next touches the world or waits. A thread that does neither cannot be ended in .NET, so the
/// watchdog abandons it: it runs until the process ends. Before that the watchdog never affects a schedule.
/// </summary>
public sealed class StepWatchdog : IDisposable
{
    /// <summary>The limit for users who set none.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(10);

    // The limit for a repeated schedule with a step that did not return the first time.
    private static readonly TimeSpan RepeatedLimit = TimeSpan.FromSeconds(1);

    // The time that a step has to return after an interrupt.
    private static readonly TimeSpan InterruptedLimit = TimeSpan.FromMilliseconds(400);

    // The time that a thread has to end by itself before it is abandoned.
    private static readonly TimeSpan EndingTime = TimeSpan.FromMilliseconds(300);

    // The limit for a step that allocates much: an endless loop that keeps its objects must end before the memory is full.
    private static readonly TimeSpan MemoryTime = TimeSpan.FromMilliseconds(500);

    private static readonly long MaxMemory = Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8, 256L << 20, 1L << 30);

    private static readonly TimeSpan MaxPeriod = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan MinPeriod = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan InterruptedPeriod = TimeSpan.FromMilliseconds(50);

    private readonly object _gate = new();
    private readonly List<WatchedRun> _runs = [];
    private readonly HashSet<Thread> _lost = [];
    private readonly CancellationTokenRegistration _registration;
    private readonly TimeSpan _period;
    private Thread? _watching;
    private bool _isDisposed;

    /// <summary>Creates a watchdog. Its thread starts with the first schedule.</summary>
    /// <param name="limit">
    /// The limit of real time per step; greater than 0, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit. Time in
    /// which the whole process stands still does not count, such as garbage collection, a suspended computer, or a
    /// debugger.
    /// </param>
    /// <param name="interrupted">
    /// A token that ends schedules early when one of their steps does not return soon.
    /// </param>
    public StepWatchdog(TimeSpan limit, CancellationToken interrupted = default)
    {
        if (limit != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        }

        Limit = limit;
        Interrupted = interrupted;
        TimeSpan shortest = limit == Timeout.InfiniteTimeSpan || limit > RepeatedLimit ? RepeatedLimit : limit;
        _period = TimeSpan.FromTicks(Math.Clamp(shortest.Ticks / 10, MinPeriod.Ticks, MaxPeriod.Ticks));
        _registration = interrupted.Register(Wake);
    }

    /// <summary>The limit of real time per step; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    public TimeSpan Limit { get; }

    /// <summary>A token that ends schedules before they are complete.</summary>
    public CancellationToken Interrupted { get; }

    /// <summary>
    /// A function that returns true while the process waits for something outside the explored world, such as a reader
    /// of the output; no time counts then. Null for never.
    /// </summary>
    public Func<bool>? IsAtRest { get; init; }

    /// <inheritdoc />
    public void Dispose()
    {
        _registration.Dispose();
        lock (_gate)
        {
            _isDisposed = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Runs a schedule on this thread under the watchdog.</summary>
    /// <param name="runtime">The runtime of the schedule.</param>
    /// <param name="run">The action that runs the schedule.</param>
    internal void Run(ControlledRuntime runtime, Action run)
    {
        WatchedRun watched = Begin(runtime);
        try
        {
            run();
        }
        catch (ThreadInterruptedException) when (watched.IsEnded)
        {
            // The runtime has recorded the reason.
        }
        finally
        {
            End(watched);
        }
    }

    /// <summary>Runs an action on a thread of its own, which is abandoned when a step on it cannot be ended.</summary>
    /// <returns>False when the thread was abandoned; it still runs.</returns>
    internal bool RunApart(Action body)
    {
        ExceptionDispatchInfo? error = null;
        Thread thread = new(() =>
        {
            try
            {
                body();
            }
            catch (Exception exception)
            {
                error = ExceptionDispatchInfo.Capture(exception);
            }
        })
        {
            IsBackground = true,
            Name = "watched",
        };
        thread.Start();
        bool isBack = Join(thread);
        error?.Throw();
        return isBack;
    }

    /// <summary>Waits for a thread that runs schedules.</summary>
    /// <returns>False when the thread was abandoned.</returns>
    internal bool Join(Thread thread)
    {
        while (!thread.Join(InterruptedPeriod))
        {
            lock (_gate)
            {
                if (_lost.Contains(thread))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private WatchedRun Begin(ControlledRuntime runtime)
    {
        TimeSpan limit = runtime.IsRepeatedHang && (Limit > RepeatedLimit || Limit == Timeout.InfiniteTimeSpan) ? RepeatedLimit : Limit;
        WatchedRun run = new(runtime, limit);
        lock (_gate)
        {
            _runs.Add(run);
            if (_watching is null)
            {
                _watching = new Thread(Watch) { IsBackground = true, Name = "step watchdog" };
                _watching.Start();
            }
        }

        return run;
    }

    private void End(WatchedRun run)
    {
        lock (_gate)
        {
            _runs.Remove(run);
        }

        if (run.IsEnded)
        {
            // A late interrupt must not hit any other wait.
            try
            {
                Thread.Sleep(0);
            }
            catch (ThreadInterruptedException)
            {
            }
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    private void Watch()
    {
        lock (_gate)
        {
            long last = Stopwatch.GetTimestamp();
            while (!_isDisposed)
            {
                TimeSpan period = Interrupted.IsCancellationRequested ? InterruptedPeriod : _period;
                Monitor.Wait(_gate, period);
                TimeSpan passed = Stopwatch.GetElapsedTime(last);
                last = Stopwatch.GetTimestamp();

                // If this thread has waited for much longer than the period, the others have not run either.
                TimeSpan counted = passed > 2 * period ? 2 * period : passed;
                foreach (WatchedRun run in Debugger.IsAttached ? [] : _runs)
                {
                    Look(run, counted);
                }
            }
        }
    }

    private void Look(WatchedRun run, TimeSpan passed)
    {
        if (run.IsEnded)
        {
            run.Stuck += passed;
            if (run.Stuck >= EndingTime)
            {
                _lost.Add(run.Thread);
            }

            return;
        }

        int steps = run.Runtime.StepsDone;
        if (steps != run.Steps || run.Runtime.IsAtRest || IsAtRest?.Invoke() == true)
        {
            (run.Steps, run.Stuck, run.Memory) = (steps, TimeSpan.Zero, GC.GetTotalMemory(false));
            return;
        }

        run.Stuck += passed;
        if (Interrupted.IsCancellationRequested && run.Stuck >= InterruptedLimit)
        {
            EndStep(run, null);
        }
        else if (run.Stuck >= MemoryTime && GC.GetTotalMemory(false) - run.Memory is var taken && taken > MaxMemory)
        {
            EndStep(run, string.Create(CultureInfo.InvariantCulture, $"has not returned, and the process has taken {MaxMemory >> 20} MiB more memory since: it is in an endless loop"));
        }
        else if (run.Limit != Timeout.InfiniteTimeSpan && run.Stuck >= run.Limit)
        {
            EndStep(run, string.Create(CultureInfo.InvariantCulture, $"has not returned within {run.Limit.TotalSeconds} s: it is in an endless loop, or blocked"));
        }
    }

    private static void EndStep(WatchedRun run, string? finding)
    {
        run.IsEnded = true;
        run.Stuck = TimeSpan.Zero;
        run.Runtime.EndFromOutside(finding);
        run.Thread.Interrupt();
    }

    /// <summary>A schedule in progress.</summary>
    private sealed class WatchedRun(ControlledRuntime runtime, TimeSpan limit)
    {
        public ControlledRuntime Runtime => runtime;

        public TimeSpan Limit => limit;

        public Thread Thread { get; } = Thread.CurrentThread;

        public int Steps { get; set; } = -1;

        public TimeSpan Stuck { get; set; }

        public long Memory { get; set; }

        public bool IsEnded { get; set; }
    }
}
