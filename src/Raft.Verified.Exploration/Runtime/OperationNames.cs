using System.Reflection;
using System.Text.RegularExpressions;

namespace Raft.Verified.Exploration.Runtime;

/// <summary>Readable names of operations. Slow, by reflection: only for schedules that are written or shown.</summary>
internal static partial class OperationNames
{
    public static string Of(in PendingOperation operation) => operation.Payload switch
    {
        Task task => $"{operation.Owner!.Name} runs {Of(task)}",
        VirtualTimer timer => $"{operation.Owner!.Name} {timer}",
        _ => operation.Payload.ToString()!,
    };

    public static string Of(object operation) => operation is Task task ? Of(task) : operation.ToString()!;

    // A task that resumes an async method carries the method's state machine; one that starts carries the delegate.
    private static string Of(Task task)
    {
        object? action = task.AsyncState ?? typeof(Task).GetField("m_action", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(task);
        if (action is not Delegate code)
        {
            return "a task";
        }

        Type? stateMachine = code.Target?.GetType();
        if (stateMachine is { IsGenericType: true })
        {
            stateMachine = stateMachine.GetGenericArguments()[^1];
        }

        Match method = MethodInBrackets().Match(stateMachine?.Name ?? "");
        if (!method.Success)
        {
            method = MethodInBrackets().Match(code.Method.Name);
        }

        return method.Success ? method.Groups[1].Value : code.Method.Name;
    }

    [GeneratedRegex("<(\\w+)>")]
    private static partial Regex MethodInBrackets();
}
