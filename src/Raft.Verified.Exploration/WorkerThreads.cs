using System.Runtime.ExceptionServices;

namespace Raft.Verified.Exploration;

/// <summary>Work that several threads do side by side, the caller's among them.</summary>
internal static class WorkerThreads
{
    /// <summary>Does the work, and returns when all threads are done.</summary>
    /// <param name="count">How many threads; at least 1.</param>
    /// <param name="work">What each of them does, by its number from 0.</param>
    /// <param name="stop">Called when one of them has failed: lets the others come to their end.</param>
    /// <returns>What failed first; null when nothing did.</returns>
    public static ExceptionDispatchInfo? Run(int count, Action<int> work, Action stop)
    {
        ExceptionDispatchInfo? error = null;
        Thread[] others = new Thread[count - 1];
        for (int i = 0; i < others.Length; i++)
        {
            int number = i + 1;
            others[i] = new Thread(() => Work(number)) { IsBackground = true, Name = $"worker {number + 1}" };
            others[i].Start();
        }

        Work(0);
        foreach (Thread other in others)
        {
            other.Join();
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
