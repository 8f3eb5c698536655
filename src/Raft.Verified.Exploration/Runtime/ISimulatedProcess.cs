namespace Raft.Verified.Exploration.Runtime;

/// <summary>A process: tasks, timers and randomness that can die, or pause, together.</summary>
public interface ISimulatedProcess
{
    /// <summary>The server whose process it is; 0 for the environment.</summary>
    int Actor { get; }

    /// <summary>Starts a task in the process.</summary>
    /// <param name="name">The name shown in readable schedules.</param>
    /// <param name="body">The task's body.</param>
    /// <returns>A task that completes as <paramref name="body"/> does.</returns>
    Task Start(string name, Func<Task> body);

    /// <summary>The process's clock.</summary>
    TimeProvider Time { get; }

    /// <summary>The process's randomness; every value is a decision.</summary>
    Random Random { get; }

    /// <summary>Ends the process between two steps: nothing of it runs ever again.</summary>
    void Kill();

    /// <summary>Lets nothing of the process run until <see cref="Resume"/>; what becomes ready waits.</summary>
    void Pause();

    /// <summary>Ends a pause.</summary>
    void Resume();

    /// <summary>
    /// Called by the process before each act that others can see: an event, a message, a write. An engine that ends and pauses processes between their
    /// steps has nothing to do here. One that cannot lets a paused process wait here, and a dead one go no further.
    /// </summary>
    /// <exception cref="ProcessEndedException">The process has ended.</exception>
    void BeforeActing();

    /// <summary>Calls <paramref name="action"/> after the process has run this many more steps, before it runs another.</summary>
    void AfterSteps(int steps, Action action);
}
