using System.Text.RegularExpressions;

namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// The readable names of operations. Slow because of reflection; only for schedules that are written or shown.
/// </summary>
internal static partial class OperationNames
{
    public static string Of(in PendingOperation operation) => operation.Payload switch
    {
        Operation => operation.Payload.ToString()!,
        VirtualTimer timer => $"{operation.Owner!.Name} {timer}",
        _ => $"{operation.Owner!.Name} runs {Of(operation.Payload)}",
    };

    // A continuation of an async method is a delegate whose target carries the method's state machine.
    public static string Of(object operation)
    {
        if (operation is not Delegate code)
        {
            return operation.ToString()!;
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
