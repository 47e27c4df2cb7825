export async function doors() {}
