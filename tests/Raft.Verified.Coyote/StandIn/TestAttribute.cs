namespace Microsoft.Coyote.SystematicTesting;

/// <summary>In the place of Coyote's attribute when its packages are not referenced: marks the methods all the same.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TestAttribute : Attribute;
