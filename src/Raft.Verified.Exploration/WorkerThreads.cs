using System.Runtime.ExceptionServices;
using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration;

/// <summary>Work that several threads do side by side.</summary>
internal static class WorkerThreads
{
    /// <summary>Does the work, and returns when all threads are done, but for those that the watchdog has given up.</summary>
    /// <param name="count">How many threads; at least 1.</param>
    /// <param name="work">What each of them does, by its number from 0.</param>
    /// <param name="stop">Called when one of them has failed: lets the others come to their end.</param>
    /// <param name="watchdog">Watches the schedules that the threads run; null for nobody.</param>
    /// <param name="lost">Called by the caller's thread with the number of each thread that was given up.</param>
    /// <returns>What failed first; null when nothing did.</returns>
    public static ExceptionDispatchInfo? Run(int count, Action<int> work, Action stop, StepWatchdog? watchdog = null, Action<int>? lost = null)
    {
        ExceptionDispatchInfo? error = null;
        Thread[] threads = new Thread[count];
        for (int i = 0; i < threads.Length; i++)
        {
            int number = i;
            threads[i] = new Thread(() => Work(number)) { IsBackground = true, Name = $"worker {number + 1}" };
            threads[i].Start();
        }

        for (int i = 0; i < threads.Length; i++)
        {
            if (watchdog is null)
            {
                threads[i].Join();
            }
            else if (!watchdog.Join(threads[i]))
            {
                lost?.Invoke(i);
            }
        }

        return error;

        void Work(int number)
        {
            try
            {
                work(number);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref error, ExceptionDispatchInfo.Capture(exception), null);
                stop();
            }
        }
    }
}
