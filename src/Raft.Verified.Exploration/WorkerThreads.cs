using System.Runtime.ExceptionServices;
using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration;

/// <summary>The worker threads that run side by side.</summary>
internal static class WorkerThreads
{
    /// <summary>
    /// Runs the work, and returns when all threads are done, except for those that the watchdog has abandoned.
    /// </summary>
    /// <param name="count">The number of threads; at least 1.</param>
    /// <param name="work">The work of each thread, called with the thread's number from 0.</param>
    /// <param name="stop">The callback after a thread has failed, so that the other threads come to their end.</param>
    /// <param name="watchdog">The watchdog over the schedules that the threads run; null for none.</param>
    /// <param name="lost">
    /// The callback on the caller's thread with the number of each abandoned thread; null to ignore them.
    /// </param>
    /// <returns>The first failure; null when there was none.</returns>
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
