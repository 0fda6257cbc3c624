using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace SoftmaxGen.Data.Rows;

/// <summary>What attributes call the members of rows and enums: the same as the model calls them.</summary>
internal static class Titles
{
    /// <summary>Finds the name that an attribute gives.</summary>
    /// <returns>The name; null where no attribute gives one.</returns>
    public static string? Of(ICustomAttributeProvider member) =>
        One<ClassNameAttribute>(member)?.Name
        ?? One<FeatureAttribute>(member)?.Name
        ?? (One<DisplayAttribute>(member) is { ResourceType: null } display ? display.Name : null)
        ?? One<DescriptionAttribute>(member)?.Description;

    /// <summary>Gets an attribute.</summary>
    /// <returns>The attribute; null where there is none.</returns>
    public static TAttribute? One<TAttribute>(ICustomAttributeProvider member)
        where TAttribute : Attribute => (TAttribute?)member.GetCustomAttributes(typeof(TAttribute), inherit: true).FirstOrDefault();
}
